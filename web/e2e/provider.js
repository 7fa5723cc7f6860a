// A provider of live values on this machine: the little of WebSocket (RFC 6455) that saying something takes.
import { createHash } from "node:crypto";
import { createServer } from "node:http";

const GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/** Begins to listen; `say` goes to everyone connected, `cut` hangs up on them. */
export async function startProvider() {
  const connected = new Set();
  const greeted = [];
  let tellGreeting = () => {};
  const server = createServer((_, answer) => answer.writeHead(426).end());
  server.on("upgrade", (request, socket) => {
    const accept = createHash("sha1").update(request.headers["sec-websocket-key"] + GUID).digest("base64");
    socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`);
    connected.add(socket);
    socket.on("close", () => connected.delete(socket));
    socket.on("error", () => connected.delete(socket));
    socket.once("data", () => {
      greeted.push(request.url);
      tellGreeting();
    });
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return {
    address: `ws://127.0.0.1:${server.address().port}`,
    /** Waits for so many greetings in all. */
    async greetings(count) {
      while (greeted.length < count) await new Promise((done) => (tellGreeting = done));
    },
    say(message) {
      for (const socket of connected) socket.write(frame(JSON.stringify(message)));
    },
    cut() {
      for (const socket of connected) socket.destroy();
    },
    async stop() {
      this.cut();
      await new Promise((done) => server.close(done));
    },
  };
}

/** One unmasked frame of text. */
function frame(text) {
  const payload = Buffer.from(text);
  const head = payload.length < 126 ? Buffer.from([0x81, payload.length]) : Buffer.from([0x81, 126, payload.length >> 8, payload.length & 255]);
  return Buffer.concat([head, payload]);
}

/** A ticker as Coinbase sends it; numbers of one connection follow one another. */
export function ticker(number, prices) {
  const tickers = Object.entries(prices).map(([product_id, price]) => ({ type: "ticker", product_id, price: String(price) }));
  return { channel: "ticker", timestamp: new Date().toISOString(), sequence_num: number, events: [{ type: "update", tickers }] };
}
