import { createSocket } from 'node:dgram';
import { readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';

/** What an ordinary user of the machine tries; runs as one, with the question as JSON in its argument, and answers in JSON. */
export interface Question {
  /** `address:port`, TCP. */
  readonly ports: readonly string[];
  /** `address:port` of a name server. */
  readonly names: string;
  /** Paths of local sockets. */
  readonly sockets: readonly string[];
  /** Folders that are looked through. */
  readonly folders: readonly string[];
  /** Texts that nobody may find anywhere. */
  readonly secrets: readonly string[];
}

export interface Found {
  /** Which of the ports and sockets could be opened. */
  readonly open: readonly string[];
  /** Where one of the secrets stands. */
  readonly told: readonly string[];
  readonly filesRead: number;
}

const WITHIN_MS = 2_000;

function opens(target: { readonly path: string } | { readonly host: string; readonly port: number }): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(target);
    const end = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(WITHIN_MS, () => end(false));
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}

/** Whether a name server answers at all. */
function answers(place: string): Promise<boolean> {
  const [host = '', port = ''] = place.split(':');
  // A question for `photos.lab`, type A (RFC 1035 §4).
  const question = Buffer.from('000101000001000000000000' + '0670686f746f73036c616200' + '00010001', 'hex');
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    const end = (answer: boolean): void => {
      clearTimeout(timer);
      socket.close();
      resolve(answer);
    };
    const timer = setTimeout(() => end(false), WITHIN_MS);
    socket.once('message', () => end(true));
    socket.on('error', () => end(false));
    socket.send(question, Number(port), host, (error) => {
      if (error !== null) end(false);
    });
  });
}

async function look({ ports, names, sockets, folders, secrets }: Question): Promise<Found> {
  const open: string[] = [];
  for (const place of ports) {
    const [host = '', port = ''] = place.split(':');
    if (await opens({ host, port: Number(port) })) open.push(place);
  }
  if (await answers(names)) open.push(`${names}/udp`);
  for (const path of sockets) if (await opens({ path })) open.push(path);

  const told: string[] = [];
  let filesRead = 0;
  const read = (file: string): void => {
    try {
      const text = readFileSync(file, 'latin1');
      filesRead += 1;
      if (secrets.some((secret) => text.includes(secret))) told.push(file);
    } catch {
      // Not for him.
    }
  };
  const walk = (folder: string): void => {
    try {
      for (const entry of readdirSync(folder, { withFileTypes: true })) {
        const path = `${folder}/${entry.name}`;
        if (entry.isDirectory()) walk(path);
        else if (entry.isFile()) read(path);
      }
    } catch {
      // Not for him.
    }
  };
  for (const folder of folders) walk(folder);
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    for (const name of ['cmdline', 'environ']) if (pid !== String(process.pid)) read(`/proc/${pid}/${name}`);
  }
  return { open, told, filesRead };
}

process.stdout.write(JSON.stringify(await look(JSON.parse(readFileSync(0, 'utf8')) as Question)));
