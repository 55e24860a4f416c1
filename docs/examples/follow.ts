// Follows the public feed as it happens. Whatever breaks or ends, it goes on where it was.
//
//     npm install eventsource
//     node follow.ts http://127.0.0.1:8000 position.txt     (Node.js 22.18 or newer)

import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { EventSource } from "eventsource";

type Schema = { topic: string };
type Posting = { account: string; value: number; unit: string };
type CloudEvent = { sequence: string; type: string; subject: string; data: { postings?: Posting[] } };

const [server, file] = process.argv.slice(2);
let position = existsSync(file) ? Number(readFileSync(file, "utf8")) : 0;

function take(record: CloudEvent): void {
  if (Number(record.sequence) !== position + 1) {
    console.error(`a gap: ${record.sequence} came behind ${position}`);
    process.exit(1); // The next start asks again from the last position that we have.
  }
  position += 1;
  console.log(`${position} ${record.type} ${record.subject}`, record.data.postings ?? []);
  // Written beside, then moved: after a power cut the file holds the old position or the new one.
  writeFileSync(`${file}.new`, String(position));
  renameSync(`${file}.new`, file);
}

// Each event has its topic as its name, and a listener is wanted for each name.
const schemas: Schema[] = await (await fetch(`${server}/open/v1/schemas`)).json();
const topics = new Set(schemas.map((schema) => schema.topic));

// A start asks behind our own position; when the connection breaks, EventSource comes back by itself
// and says in Last-Event-ID what it has.
const source = new EventSource(`${server}/open/v1/events?after=${position}`);
for (const topic of topics) {
  source.addEventListener(topic, (event) => take(JSON.parse(event.data)));
}
source.addEventListener("error", (error) => {
  console.error(`broken behind ${position}: ${error.message ?? "the server ended it"}`);
  if (source.readyState === source.CLOSED) process.exit(1); // A refusal: it would not come back.
});

// While EventSource waits to come back (3 s), nothing of it keeps the program running: this does.
setInterval(() => {}, 60_000);
