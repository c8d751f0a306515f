import { type Session, session } from 'electron';
import type { PageFiles } from '../../app/page-files.ts';
import { type CameraPermission, isCameraQuestion } from './camera-permission.ts';

export const PAGE_SCHEME = 'app';
export const PAGE_ORIGIN = `${PAGE_SCHEME}://chirograph`;
/** Copying a code or words that the page shows. Beside it there is the camera, while the scanner is open; all else that a page can ask of a browser is refused. */
const GRANTED: ReadonlySet<string> = new Set(['clipboard-sanitized-write']);

/**
 * The session of the window: nothing kept on disk (no `persist:`), our own files behind our own scheme, next to no permission and no network.
 * Blobs and data addresses stay inside the page.
 */
export function openSession(page: PageFiles, camera: CameraPermission): Session {
  const opened = session.fromPartition('chirograph', { cache: false });
  opened.protocol.handle(PAGE_SCHEME, (request) => answer(page, new URL(request.url)));
  opened.webRequest.onBeforeRequest(({ url }, decide) => decide({ cancel: !isInside(url) }));
  opened.setPermissionRequestHandler((_contents, permission, decide, { isMainFrame, ...details }) => {
    const types = 'mediaTypes' in details ? (details.mediaTypes ?? []) : [];
    const origin = 'securityOrigin' in details ? details.securityOrigin : undefined;
    const isCamera = isCameraQuestion({ permission, origin, isMainFrame, types }, PAGE_ORIGIN);
    decide(GRANTED.has(permission) || (isCamera && camera.isAllowed()));
  });
  opened.setPermissionCheckHandler((_contents, permission, origin, { isMainFrame, mediaType }) => {
    const types = mediaType === undefined ? [] : [mediaType];
    const isCamera = isCameraQuestion({ permission, origin, isMainFrame, types }, PAGE_ORIGIN);
    return GRANTED.has(permission) || (isCamera && camera.isAllowed());
  });
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
