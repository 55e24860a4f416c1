// Reads an AsyncAPI document from its input, checks it as the official parser does, and writes what
// that found: {"channels": [id], "messages": n, "found": [{"severity", "code", "message", "path"}]}.
// The argument is the document's own address, from which its references are read.
const { readFileSync } = require("node:fs");
const { Parser } = require("@asyncapi/parser");

async function main() {
  const parser = new Parser();
  const text = readFileSync(0, "utf8");
  const { document, diagnostics } = await parser.parse(text, { source: process.argv[2] });
  const found = diagnostics.map(({ severity, code, message, path }) => ({ severity, code, message, path }));
  const channels = document ? document.channels().all().map((channel) => channel.id()) : [];
  const messages = document ? document.allMessages().all().length : 0;
  process.stdout.write(JSON.stringify({ channels, messages, found }));
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
