/** Headers of a user who has signed in. */
export type SignedIn = Readonly<Record<'authorization' | 'cookie', string>>;

/** What posts JSON, from somebody or nobody in particular. */
export function post(data: unknown, headers: Readonly<Record<string, string>> = {}): RequestInit {
  return { method: 'POST', body: JSON.stringify(data), headers: { 'content-type': 'application/json', ...headers } };
}

/** Sessions live in a web server's memory: the balancer's cookie leads back to it. */
export async function signIn(url: string, user: number): Promise<SignedIn> {
  const session = await fetch(`${url}/api/sessions`, post({ user }));
  const { token } = (await session.json()) as { token: string };
  const cookie = session.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  return { authorization: `Bearer ${token}`, cookie };
}
