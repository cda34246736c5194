#!/usr/bin/env python3
"""A lamp with a level and a temperature as a gateway of a Mestral node, in the compact form.

    gateway.py HOST PORT NAME TOKEN      (needs paho-mqtt: apt install python3-paho-mqtt)
"""
import json, sys
import paho.mqtt.client as mqtt

host, port, name, token = sys.argv[1:5]
lamp = {"level": 20, "temperature": 21.5}
answers = {}  # command -> answer: a command that comes again is answered the same, not done again

def announce(client, *_):
    client.subscribe(f"smartapi/1/{name}/in", qos=1)
    client.publish(f"smartapi/1/{name}/state", qos=1, retain=True, payload=json.dumps({
        "mestral": 1,
        "manages": {"lamp-1": {"label": "Hall lamp", "is": {"room": "hall"}, "properties": {
            "level": {"unit": "%", "min": 0, "max": 100, "writable": True},
            "temperature": {"unit": "Cel", "quantity": "Temperature"}}}}}))
    print("ready", flush=True)

def act(client, _, message):
    command = json.loads(message.payload)
    if command["command"] not in answers:
        for property, value in command.get("write", {}).get("lamp-1", {}).items():
            lamp[property] = value  # here the light would really change
            print(property, value, flush=True)
        asked = [*command.get("write", {}).get("lamp-1", {}), *command.get("read", {}).get("lamp-1", [])]
        answers[command["command"]] = {"mestral": 1, "reply": command["command"],
                                       "values": {"lamp-1": {p: lamp[p] for p in asked}}}
        if len(answers) > 1000: answers.pop(next(iter(answers)))
    client.publish(command["answerTo"], json.dumps(answers[command["command"]]), qos=1)

version = getattr(mqtt, "CallbackAPIVersion", None)  # paho-mqtt 2 asks for it
client = mqtt.Client(*([version.VERSION1] if version else []), client_id=name, clean_session=False)
client.username_pw_set(f"gateway:{name}", token)
client.on_connect, client.on_message = announce, act
client.connect(host, int(port))
client.loop_forever()
