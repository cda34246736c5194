// What an ordinary user does with MQTT.js: node everyday.mjs URL SCENARIO...
// Prints "ok SCENARIO" for each that went well and stops with an error at the first that didn't.
import assert from 'node:assert/strict'
import { pathToFileURL } from 'node:url'

const mqtt = (await import(pathToFileURL(`${process.cwd()}/node_modules/mqtt/build/index.js`))).default
const [url, ...names] = process.argv.slice(2)
const versions = [
  { protocolId: 'MQIsdp', protocolVersion: 3 },
  { protocolVersion: 4 },
  { protocolVersion: 5 },
]

function connect(options) {
  return mqtt.connectAsync(url, { reconnectPeriod: 0, connectTimeout: 10_000, ...options }, false)
}

// Messages in the order they come; each is asked for once.
function inbox(client) {
  const come = []
  const waiting = []
  client.on('message', (topic, payload, packet) => {
    const message = { topic, payload, packet }
    if (waiting.length > 0) waiting.shift()(message)
    else come.push(message)
  })
  return () => new Promise((resolve) => (come.length > 0 ? resolve(come.shift()) : waiting.push(resolve)))
}

const scenarios = {
  async qos(version) {
    const client = await connect({ ...version, clientId: 'js' })
    const next = inbox(client)
    await client.subscribeAsync('home/#', { qos: 2 })
    for (const qos of [0, 1, 2])
      for (let n = 0; n < 20; n++) {
        await client.publishAsync('home/power', `${qos}/${n}`, { qos })
        const { payload, packet } = await next()
        assert.equal(payload.toString(), `${qos}/${n}`)
        assert.equal(packet.qos, qos)
      }
    await client.unsubscribeAsync('home/#')
    await client.endAsync()
  },

  async large(version) {
    const client = await connect({ ...version, clientId: 'js' })
    const next = inbox(client)
    const large = Buffer.alloc(1 << 20, 'reading ')
    await client.subscribeAsync('large', { qos: 1 })
    await client.publishAsync('large', large, { qos: 1 })
    assert.ok(large.equals((await next()).payload))
    await client.endAsync()
  },

  async retained(version) {
    const client = await connect({ ...version, clientId: 'js' })
    const next = inbox(client)
    await client.publishAsync('kept/js', 'x', { qos: 1, retain: true })
    await client.subscribeAsync('kept/#', { qos: 1 })
    const { payload, packet } = await next()
    assert.equal(payload.toString(), 'x')
    assert.equal(packet.retain, true)
    await client.publishAsync('kept/js', '', { qos: 1, retain: true })
    await client.endAsync()
  },

  async will(version) {
    const watcher = await connect({ ...version, clientId: 'watcher' })
    const next = inbox(watcher)
    await watcher.subscribeAsync('will/+', { qos: 1 })
    const will = { topic: 'will/js', payload: Buffer.from('gone'), qos: 1, retain: false }
    const doomed = await connect({ ...version, clientId: 'doomed', will })
    doomed.on('error', () => {})
    doomed.stream.destroy()
    assert.equal((await next()).payload.toString(), 'gone')
    await watcher.endAsync()
  },
}

for (const name of names) {
  for (const version of versions) await scenarios[name](version)
  console.log(`ok ${name}`)
}
process.exit(0)
