import { type Session, session } from 'electron';
import type { PageFiles } from '../../app/page-files.ts';

export const PAGE_SCHEME = 'app';
export const PAGE_ORIGIN = `${PAGE_SCHEME}://chirograph`;
/** Copying a code or words that the page shows. Everything else that a page can ask of a browser is refused. */
const GRANTED: ReadonlySet<string> = new Set(['clipboard-sanitized-write']);

/**
 * The session of the window: nothing kept on disk (no `persist:`), our own files behind our own scheme, no permission and no network.
 * Blobs and data addresses stay inside the page.
 */
export function openSession(page: PageFiles): Session {
  const opened = session.fromPartition('chirograph', { cache: false });
  opened.protocol.handle(PAGE_SCHEME, (request) => answer(page, new URL(request.url)));
  opened.webRequest.onBeforeRequest(({ url }, decide) => decide({ cancel: !isInside(url) }));
  opened.setPermissionRequestHandler((_contents, permission, decide) => decide(GRANTED.has(permission)));
  opened.setPermissionCheckHandler((_contents, permission) => GRANTED.has(permission));
  opened.setDevicePermissionHandler(() => false);
  opened.setDisplayMediaRequestHandler((_request, decide) => decide(null));
  opened.setSpellCheckerEnabled(false);
  void opened.setProxy({ mode: 'fixed_servers', proxyRules: 'socks5://127.0.0.1:9', proxyBypassRules: '<-loopback>' });
  return opened;
}

function answer(page: PageFiles, { host, pathname }: URL): Response {
  const file = `${PAGE_SCHEME}://${host}` === PAGE_ORIGIN ? page(pathname) : undefined;
  return file === undefined ? new Response(null, { status: 404 }) : new Response(file.body, { headers: file.headers });
}

function isInside(url: string): boolean {
  return [`${PAGE_ORIGIN}/`, `blob:${PAGE_ORIGIN}/`, 'data:', 'devtools:'].some((start) => url.startsWith(start));
}
