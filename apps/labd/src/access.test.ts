import { describe, expect, it } from '@jest/globals';
import type { Request, Response } from 'express';
import type { LabProblem } from '@loadstair/lab';
import { changesTheLab, guard } from './access.ts';

const good = { host: '127.0.0.1:4600', authorization: 'Bearer secret' };

function status(headers: Record<string, string>, request: Partial<Request> = { method: 'POST', query: {} }): number | 'let in' {
  let letIn = false;
  try {
    guard(4600, 'secret', changesTheLab)(
      { headers, ...request } as Request,
      { set: () => {} } as unknown as Response,
      () => (letIn = true),
    );
  } catch (error) {
    return (error as LabProblem).status;
  }
  return letIn ? 'let in' : 0;
}

describe('a change', () => {
  it.each([
    [good, 'let in'],
    [{ ...good, host: 'localhost:4600', origin: 'http://localhost:4600' }, 'let in'],
    [{ ...good, host: 'evil.example:4600' }, 403],
    // A tunnel from another port: ssh -L 8080:127.0.0.1:4600.
    [{ ...good, host: 'localhost:8080', origin: 'http://localhost:8080' }, 'let in'],
    [{ ...good, host: '[::1]:4600' }, 'let in'],
    [{ ...good, host: '127.0.0.1:4600', origin: 'http://localhost:8080' }, 403],
    [{ ...good, host: '127.0.0.1.evil.example:4600' }, 403],
    [{ ...good, 'sec-fetch-site': 'cross-site' }, 403],
    [{ ...good, 'sec-fetch-site': 'same-site' }, 403],
    [{ ...good, 'sec-fetch-site': 'same-origin' }, 'let in'],
    [{ authorization: good.authorization }, 403],
    [{ ...good, origin: 'http://evil.example' }, 403],
    [{ ...good, origin: 'null' }, 403],
    [{ ...good, origin: 'https://127.0.0.1:4600' }, 403],
    [{ host: good.host }, 401],
    [{ ...good, authorization: 'Bearer secre' }, 401],
    [{ ...good, authorization: 'Bearer secrEt' }, 401],
    [{ ...good, authorization: 'secret' }, 401],
  ] as const)('with %j is answered with %s', (headers, answer) => {
    expect(status(headers)).toBe(answer);
  });
});

describe('reading', () => {
  it.each([
    [{ host: good.host }, {}, 'let in'],
    [{ host: 'evil.example:4600' }, {}, 403],
    [{ host: good.host, origin: 'http://evil.example' }, {}, 403],
    [{ host: good.host }, { owner: '1' }, 401],
    [good, { owner: '1' }, 'let in'],
  ] as const)('with %j and %j is answered with %s', (headers, query, answer) => {
    expect(status(headers, { method: 'GET', query })).toBe(answer);
  });
});
