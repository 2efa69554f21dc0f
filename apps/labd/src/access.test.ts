import { describe, expect, it } from '@jest/globals';
import type { Request, Response } from 'express';
import type { LabProblem } from '@loadstair/lab';
import { changesTheLab, guard, isOurs } from './access.ts';

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

describe('a name that other containers use', () => {
  const asked = (host: string, names: readonly string[]): LabProblem | 'let in' => {
    let letIn = false;
    try {
      isOurs(4600, names)({ headers: { host } } as Request, { set: () => {} } as unknown as Response, () => (letIn = true));
    } catch (error) {
      return error as LabProblem;
    }
    if (letIn) return 'let in';
    throw new Error('The request was neither refused nor let in.');
  };

  it.each([
    ['lab:4600', ['lab'], 'let in'],
    ['lab', ['lab'], 'let in'],
    ['lab.evil.example:4600', ['lab'], 403],
    ['lab:4600:1', ['lab'], 403],
    ['lab:4600', [], 403],
  ] as const)('%s with the names %j', (host, names, answer) => {
    const got = asked(host, names);
    expect(got === 'let in' ? got : got.status).toBe(answer);
  });

  it('is refused with the port that the browser used: another one may be published', () => {
    expect(asked('192.168.1.20:4700', [])).toMatchObject({
      do: 'use 127.0.0.1 with the same port on both sides: ssh -L 4700:127.0.0.1:4700 <this machine>',
    });
  });
});
