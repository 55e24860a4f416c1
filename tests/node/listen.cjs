// Hears a live feed by npm's EventSource until the server says that there is no more, and writes a
// line `id event data` for each event. The argument is the address, the input
// {"topics": [topic], "headers": {name: value}}.
const { readFileSync } = require("node:fs");
const { EventSource } = require("eventsource");

const { topics, headers } = JSON.parse(readFileSync(0, "utf8"));
const asked = (url, init) => fetch(url, { ...init, headers: { ...init.headers, ...headers } });
const source = new EventSource(process.argv[2], { fetch: asked });

for (const topic of topics) {
  source.addEventListener(topic, ({ lastEventId, type, data }) => {
    process.stdout.write(`${lastEventId} ${type} ${data}\n`);
  });
}
source.addEventListener("error", ({ code, message }) => {
  if (source.readyState !== source.CLOSED) return;
  if (code !== 204) console.error(message);
  process.exitCode = code === 204 ? 0 : 1;
  clearInterval(staying);
});
const staying = setInterval(() => {}, 1000);
