import { join } from 'node:path';
import type { Command } from 'commander';
import { diagnose, utcMinute, verdictInShort, verdictLines } from '@loadstair/analysis';
import { outcomeSentence } from '@loadstair/experiments';
import { createStore, exportRun, importRun, type ListedRun, type Manifest } from '@loadstair/runs';
import { EXAMPLE } from '@loadstair/stages';
import { LAB_FOLDER } from '@loadstair/lab-api/folders';
import { outcomeBlock } from '@loadstair/terminal-view/outcome-view';
import { storedLines } from '@loadstair/terminal-view/stored-lines';
import { failureExamples, failuresJson } from '@loadstair/terminal-view/failure-view';
import { verdictBlock, verdictJson } from '@loadstair/terminal-view/verdict-view';
import type { Context } from './context.ts';
import { COMMANDS } from './table.ts';

/** runs, show, export, import: what earlier runs left. */
export function register(program: Command, { io }: Context): void {
  const store = createStore(LAB_FOLDER);
  program
    .command('runs')
    .description(COMMANDS.runs.runs.does)
    .addHelpText('after', '\nExamples:\n  ./lab runs')
    .action(() => {
      const runs = store.list();
      if (runs.length === 0) io.out.write(`No runs yet. Start one: ./lab run ${EXAMPLE.first} (about 4 min).\n`);
      for (const run of runs) {
        io.out.write(`${listLine(run)}\n`);
      }
    });
  program
    .command('show')
    .description(COMMANDS.runs.show.does)
    .argument('<run>', 'id, its beginning, or latest')
    .option('--json', 'one line of JSON', false)
    .addHelpText('after', '\nExamples:\n  ./lab show latest')
    .action((id: string, options: { json: boolean }) => {
      const run = store.open(id);
      if (run.outcome !== null) {
        const { outcome, manifest, folder } = run;
        if (options.json)
          io.out.write(
            `${JSON.stringify({ schema: 1, run: run.id, experiment: outcome.experiment, stage: outcome.stage, outcome, folder, imported: isImported(manifest) })}\n`,
          );
        else io.out.write(`${outcomeBlock(outcome, io.out)}${storedLines(manifest)}`);
        return;
      }
      // Words and checks come from the stored data, so an improved lab says it better.
      const verdict = diagnose(run.runData);
      if (options.json) {
        io.out.write(
          `${JSON.stringify({ schema: 1, run: run.id, stage: run.manifest.stage, profile: run.manifest.profile, verdict: verdictJson(verdict), failures: failuresJson(run.runData), report: join(run.folder, 'report.html'), imported: isImported(run.manifest) })}\n`,
        );
        return;
      }
      io.out.write(verdictBlock(verdict, verdictLines(verdict, run.runData, run.confirmation), io.out));
      for (const line of failureExamples(run.runData, store.logLines(run.id), null, io.out.columns)) io.out.write(`${line}\n`);
      io.out.write(`report   ${join(run.folder, 'report.html')}\n${storedLines(run.manifest)}`);
    });
  program
    .command('export')
    .description(COMMANDS.runs.export.does)
    .argument('<run>', 'id, its beginning, or latest')
    .argument('<file>', 'for example run.tar.gz')
    .addHelpText('after', '\nExamples:\n  ./lab export latest run.tar.gz')
    .action(async (id: string, file: string) => {
      io.out.write(`${await exportRun(store.open(id), file)}\n`);
    });
  program
    .command('import')
    .description(COMMANDS.runs.import.does)
    .argument('<file>', 'an exported run')
    .addHelpText('after', '\nExamples:\n  ./lab import run.tar.gz')
    .action(async (file: string) => {
      const id = await importRun(store, file);
      io.out.write(`${id}\n`);
      io.err.write(`next   ./lab show ${id}\n`);
    });
}

function listLine(run: ListedRun): string {
  if (run.kind === 'damaged') return `${run.id}  damaged: ${run.reason}`;
  const { manifest, verdict, outcome } = run;
  const result = outcome === null ? `${manifest.profile.padEnd(12)} ${verdictInShort(verdict)}` : outcomeSentence(outcome);
  return `${run.id}  ${utcMinute(manifest.startedAt)}  ${manifest.stage} ${result}${isImported(manifest) ? ' (imported)' : ''}`;
}

function isImported({ imported }: Manifest): boolean {
  return imported !== undefined;
}
