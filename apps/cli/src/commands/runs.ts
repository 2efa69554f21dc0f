import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { diagnose, utcMinute, verdictInShort, verdictLines } from '@loadstair/analysis';
import { outcomeSentence } from '@loadstair/experiments';
import { aboutWords, RUN_TAKES_S } from '@loadstair/load/durations';
import { createStore, exportRun, importRun, type ListedRun, type Manifest } from '@loadstair/runs';
import { EXAMPLE } from '@loadstair/stages';
import { LAB_FOLDER } from '@loadstair/lab-api/folders';
import { outcomeBlock } from '@loadstair/terminal-view/outcome-view';
import { storedLines } from '@loadstair/terminal-view/stored-lines';
import { failureExamples, failuresJson } from '@loadstair/terminal-view/failure-view';
import { verdictBlock, verdictJson } from '@loadstair/terminal-view/verdict-view';
import { answer, jsonOption, writeJson } from './answer.ts';
import type { Context } from './context.ts';
import { COMMANDS } from './table.ts';

/** runs, show, export, import: what earlier runs left. */
export function register(program: Command, { io }: Context): void {
  const store = createStore(LAB_FOLDER);
  program
    .command('runs')
    .description(COMMANDS.runs.runs.does)
    .addOption(jsonOption())
    .addHelpText('after', '\nExamples:\n  ./lab runs')
    .action(({ json }: { json: boolean }) => {
      const runs = store.list();
      const none = `No runs yet. Start one: ./lab run ${EXAMPLE.first} (${aboutWords(RUN_TAKES_S.full)}).`;
      answer(io, json, { runs: runs.map(listJson) }, () => (runs.length === 0 ? [none] : runs.map(listLine)));
    });
  program
    .command('show')
    .description(COMMANDS.runs.show.does)
    .argument('<run>', 'id, its beginning, or latest')
    .addOption(jsonOption())
    .addHelpText('after', '\nExamples:\n  ./lab show latest')
    .action((id: string, options: { json: boolean }) => {
      const run = store.open(id);
      if (run.outcome !== null) {
        const { outcome, manifest, folder } = run;
        const { experiment, stage } = outcome;
        const file = join(folder, 'report.html');
        // Experiments of earlier labs have none.
        const report = existsSync(file) ? file : null;
        if (options.json) writeJson(io, { run: run.id, experiment, stage, outcome, folder, report, imported: isImported(manifest) });
        else io.out.write(`${outcomeBlock(outcome, io.out)}${report === null ? '' : `report   ${report}\n`}${storedLines(manifest)}`);
        return;
      }
      // Words and checks come from the stored data, so an improved lab says it better.
      const verdict = diagnose(run.runData);
      if (options.json) {
        const { stage, profile } = run.manifest;
        return writeJson(io, {
          run: run.id,
          stage,
          profile,
          verdict: verdictJson(verdict),
          failures: failuresJson(run.runData),
          report: join(run.folder, 'report.html'),
          imported: isImported(run.manifest),
        });
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
    .addOption(jsonOption())
    .addHelpText('after', '\nExamples:\n  ./lab export latest run.tar.gz')
    .action(async (id: string, target: string, { json }: { json: boolean }) => {
      const run = store.open(id);
      const file = await exportRun(run, target);
      answer(io, json, { run: run.id, file }, () => [file]);
    });
  program
    .command('import')
    .description(COMMANDS.runs.import.does)
    .argument('<file>', 'an exported run')
    .addOption(jsonOption())
    .addHelpText('after', '\nExamples:\n  ./lab import run.tar.gz')
    .action(async (file: string, { json }: { json: boolean }) => {
      const id = await importRun(store, file);
      answer(io, json, { run: id }, () => [id]);
      io.err.write(`next   ./lab show ${id}\n`);
    });
}

function listLine(run: ListedRun): string {
  if (run.kind === 'damaged') return `${run.id}  damaged: ${run.reason}`;
  const { manifest, verdict, outcome } = run;
  const result = outcome === null ? `${manifest.profile.padEnd(12)} ${verdictInShort(verdict)}` : outcomeSentence(outcome);
  const { name, starred } = run.label;
  const notes = [name, starred ? 'starred' : '', isImported(manifest) ? 'imported' : ''].filter(Boolean);
  return `${run.id}  ${utcMinute(manifest.startedAt)}  ${manifest.stage} ${result}${notes.length === 0 ? '' : ` (${notes.join(', ')})`}`;
}

function listJson(run: ListedRun): object {
  if (run.kind === 'damaged') return { run: run.id, result: 'damaged', words: run.reason };
  const { manifest, verdict, outcome } = run;
  const { startedAt, stage, slug, set, profile, experiment = null, quick } = manifest;
  return {
    run: run.id,
    startedAt,
    stage,
    slug,
    set,
    profile,
    experiment,
    quick,
    imported: isImported(manifest),
    result: outcome === null ? verdict.kind : outcome.kind,
    words: outcome === null ? verdictInShort(verdict) : outcomeSentence(outcome),
  };
}

function isImported({ imported }: Manifest): boolean {
  return imported !== undefined;
}
