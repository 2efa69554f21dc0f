import { once } from 'node:events';
import { startTracing } from '@loadstair/telemetry';

/** A server of one route with the site's tracing; prints its port, and ends when its standard input does. */
const endpoint = process.argv[2] as string;
const tracing = startTracing({ endpoint, host: 'web-1', service: 'site' });
// After tracing, as in the site.
const { createServer } = await import('node:http');
const { default: express } = await import('express');
const app = express();
app.use((_request, _response, next) => next());
app.get('/photos/:id', (request, response) => void response.json({ id: request.params.id }));
const server = createServer(app).listen(0, '127.0.0.1');
await once(server, 'listening');
process.stdout.write(`${(server.address() as { port: number }).port}\n`);
process.stdin.resume();
await once(process.stdin, 'end');
server.close();
server.closeAllConnections();
await tracing.stop();
