package io.mestral.verticles.http.csv;

import io.mestral.config.CsvOptions;
import io.mestral.verticles.csv.CsvArchive;
import io.mestral.verticles.exporting.ExportFolder;
import io.micrometer.core.instrument.MeterRegistry;

/** What CSV over HTTP stands on. */
public record CsvParts(
    CsvArchive archive, ExportFolder folder, CsvOptions options, MeterRegistry meters) {}
