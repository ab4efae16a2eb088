// SPDX-License-Identifier: Apache-2.0
// A listener on loopback that counts who connects, and what is asked.

import { createServer } from "node:http";

export async function listener() {
  const counts = { connections: 0, requests: [] };
  const server = createServer((request, response) => {
    counts.requests.push(request.url);
    response.end("");
  });
  server.on("connection", () => { counts.connections += 1; });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { counts, port: server.address().port, stop: () => new Promise((resolve) => { server.closeAllConnections(); server.close(resolve); }) };
}
