-- What the fourth step added. Never changed once released.
UPDATE orphans SET network = 'ab12';
