// A lamp with a level and a temperature as a gateway of a Mestral node, in the compact form.
//   node gateway.mjs HOST PORT NAME TOKEN      (needs MQTT.js: npm install mqtt)
import mqtt from "mqtt";

const [host, port, name, token] = process.argv.slice(2);
const lamp = {level: 20, temperature: 21.5};
const answers = new Map(); // command -> answer: one that comes again is answered the same, not done again

const client = mqtt.connect(`mqtt://${host}:${port}`, {
  clientId: name, username: `gateway:${name}`, password: token, clean: false,
});

client.on("connect", async () => {
  await client.subscribeAsync(`smartapi/1/${name}/in`, {qos: 1});
  const announcement = {
    mestral: 1,
    manages: {"lamp-1": {label: "Hall lamp", is: {room: "hall"}, properties: {
      level: {unit: "%", min: 0, max: 100, writable: true},
      temperature: {unit: "Cel", quantity: "Temperature"},
    }}},
  };
  await client.publishAsync(`smartapi/1/${name}/state`, JSON.stringify(announcement), {qos: 1, retain: true});
  console.log("ready");
});

client.on("message", (topic, payload) => {
  const {command, answerTo, write = {}, read = {}} = JSON.parse(payload);
  if (!answers.has(command)) {
    const written = write["lamp-1"] ?? {};
    for (const [property, value] of Object.entries(written)) {
      lamp[property] = value; // here the light would really change
      console.log(property, value);
    }
    const asked = [...Object.keys(written), ...(read["lamp-1"] ?? [])];
    const values = {"lamp-1": Object.fromEntries(asked.map((property) => [property, lamp[property]]))};
    answers.set(command, {mestral: 1, reply: command, values});
    if (answers.size > 1000) answers.delete(answers.keys().next().value);
  }
  client.publish(answerTo, JSON.stringify(answers.get(command)), {qos: 1});
});
