import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** The one session of a loopback host: a launch token that is good once, then a cookie. */
export interface Session {
  readonly token: string;
  /** The `Set-Cookie` value for the right token the first time; undefined for a wrong or a used one. */
  exchange(token: string): string | undefined;
  /** Whether a `Cookie` header holds this session. */
  isOpenTo(cookies: string | undefined): boolean;
}

/** Cookies do not tell ports apart, so the port is in the name. */
export function newSession(port: number): Session {
  const name = `chirograph-${port}`;
  const token = randomBytes(32).toString('base64url');
  const secret = randomBytes(32).toString('base64url');
  let isUsed = false;
  return {
    token,
    exchange(given) {
      if (isUsed || !isSame(given, token)) return undefined;
      isUsed = true;
      return `${name}=${secret}; HttpOnly; SameSite=Strict; Path=/`;
    },
    isOpenTo(cookies) {
      if (!isUsed) return false;
      return (cookies ?? '').split(';').some((cookie) => isSame(cookie.trim(), `${name}=${secret}`));
    },
  };
}

/** Takes the same time wherever they differ. */
function isSame(given: string, expected: string): boolean {
  const [one, other] = [given, expected].map((text) => createHash('sha256').update(text).digest());
  return one !== undefined && other !== undefined && timingSafeEqual(one, other);
}
