// TCP ports on the loopback address. Node built-ins only.
import net from 'node:net';

/** Ports no operating system hands out by itself, so that no outgoing connection takes one between choosing and listening. */
const QUIET = { from: 15_000, to: 32_000 };

/** A port nobody listens on now, out of reach of outgoing connections; chosen at random, since others choose at the same time. */
export async function freePort() {
  for (;;) {
    const port = QUIET.from + Math.floor(Math.random() * (QUIET.to - QUIET.from));
    if (await isPortFree(port)) return port;
  }
}

/** Whether a server can listen on this port of `host`. */
export function isPortFree(port, host = '127.0.0.1') {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', () => resolve(false));
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}

/** Whether something answers on this port of the loopback address. */
export function canConnect(port) {
  return new Promise((resolve) => {
    const socket = net.connect({ port, host: '127.0.0.1' }, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
