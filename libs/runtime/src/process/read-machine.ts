import { readFileSync } from 'node:fs';
import type { MachineReading } from '../driver.ts';

/** Jiffies a second in /proc (USER_HZ), 100 on every Linux we know (man 7 time). */
const USER_HZ = 100;

/** CPU time and memory of the whole machine (man 5 proc). */
export function readMachine(): MachineReading {
  const text = readFileSync('/proc/stat', 'utf8');
  const cells = (text.slice(0, text.indexOf('\n')).match(/\d+/g) ?? []).map(Number);
  const [user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0] = cells;
  const available = /MemAvailable:\s+(\d+) kB/.exec(readFileSync('/proc/meminfo', 'utf8'))?.[1];
  return {
    cores: (text.match(/^cpu\d+ /gm) ?? []).length,
    idleSeconds: (idle + iowait) / USER_HZ,
    stealSeconds: steal / USER_HZ,
    busySeconds: (user + nice + system + irq + softirq) / USER_HZ,
    memoryAvailableBytes: Number(available ?? 0) * 1024,
  };
}

/** Memory of one process that lies in RAM, shared pages included; 0 when it has ended. */
export function residentBytes(pid: number): number {
  try {
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}
