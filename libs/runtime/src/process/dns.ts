import { createRequire } from 'node:module';
import type { NameAnswer } from '@loadstair/topology';

export interface StartedDns {
  /** Questions answered since the start. */
  readonly answered: () => number;
  stop(): Promise<void>;
}

interface Question {
  readonly name: string;
  readonly type: number;
}
interface Answer {
  name: string;
  type: number;
  class: number;
  ttl: number;
  address: string;
}
interface Dns2 {
  Packet: {
    createResponseFromRequest(request: unknown): { header: { rcode: number; aa: number }; answers: Answer[] };
    TYPE: { A: number };
    CLASS: { IN: number };
  };
  createServer(options: {
    udp: boolean;
    handle: (request: { questions: Question[] }, send: (response: unknown) => void, asker: { address: string }) => void;
  }): {
    listen(options: unknown): Promise<unknown>;
    close(): Promise<unknown>;
    on(event: string, listener: (error: unknown) => void): void;
  };
}

const NXDOMAIN = 3;

/** What a name is for an asker's address, or null when there is no such name; asked at each question, so answers follow the topology. */
export type Zone = (name: string, asker: string) => NameAnswer | null;

/** The lab's name server: answers for the site's names with their addresses in turn, and knows no other name. */
export async function startDns(address: string, port: number, zone: Zone): Promise<StartedDns> {
  // dns2 has no types of its own and is CommonJS.
  const dns2 = createRequire(import.meta.url)('dns2') as Dns2;
  let answered = 0;
  const server = dns2.createServer({
    udp: true,
    handle(request, send, asker) {
      const response = dns2.Packet.createResponseFromRequest(request);
      response.header.aa = 1;
      const question = request.questions[0];
      const name = question?.name.toLowerCase() ?? '';
      const found = zone(name, asker.address);
      if (found !== null) {
        // The name is there, but has addresses of this type only: another question gets an empty answer.
        const all = question?.type === dns2.Packet.TYPE.A ? found.addresses : [];
        response.answers = all.map((_, index) => ({
          name,
          type: dns2.Packet.TYPE.A,
          class: dns2.Packet.CLASS.IN,
          ttl: found.ttlS,
          address: all[(answered + index) % all.length] as string,
        }));
      } else {
        response.header.rcode = NXDOMAIN;
      }
      answered += 1;
      send(response);
    },
  });
  // A malformed packet is the sender's fault; the server goes on.
  server.on('requestError', () => {});
  await server.listen({ udp: { address, port } });
  return {
    answered: () => answered,
    async stop() {
      await server.close();
    },
  };
}
