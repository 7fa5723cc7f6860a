// A line so slow that a browser draws a page while it is still coming.
import { createServer, request } from "node:http";

const PIECE = 2_048;
const PAUSE = 12;

/** Stands before a site and hands its pages on in small pieces. */
export async function startSlowLine(site) {
  const server = createServer((asked, answer) => {
    const { accept, cookie } = asked.headers;
    const onwards = request(site + asked.url, { method: asked.method, headers: { accept, ...(cookie ? { cookie } : {}) } }, async (found) => {
      answer.writeHead(found.statusCode, found.headers);
      const isPage = found.headers["content-type"]?.startsWith("text/html");
      try {
        for await (const bytes of found) {
          for (let at = 0; at < bytes.length; at += PIECE) {
            answer.write(bytes.subarray(at, at + PIECE));
            if (isPage) await new Promise((done) => setTimeout(done, PAUSE));
          }
        }
        answer.end();
      } catch {
        // A reader who left takes the line with them.
        answer.destroy();
      }
    });
    onwards.on("error", () => answer.destroy());
    answer.on("close", () => onwards.destroy());
    onwards.end();
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    stop() {
      server.closeAllConnections();
      return new Promise((done) => server.close(done));
    },
  };
}
