import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@fontsource-variable/inter/index.css';
import '@fontsource/noto-sans-arabic/arabic-400.css';
import '@fontsource/noto-sans-arabic/arabic-600.css';
import './ui/tokens.css';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ApiProvider } from './api/ApiProvider.tsx';
import { App } from './shell/App.tsx';
import { ViewContext, createViewStore } from './shell/view-state.ts';
import { SchemeProvider } from './ui/scheme.tsx';
import { cssVariablesResolver, theme } from './ui/theme.ts';

const FACES = ['500 11px "Inter Variable"', '700 11px "Inter Variable"', '400 11px "Noto Sans Arabic"'];

/** The chart draws labels on a canvas, which keeps the fallback face it first measured: faces come before the page. */
async function start(): Promise<void> {
  await Promise.allSettled(FACES.map((face) => document.fonts.load(face)));
  const root = document.querySelector('#root');
  if (root === null) return;
  createRoot(root).render(
    <StrictMode>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariablesResolver}
        defaultColorScheme="auto"
        getStyleNonce={styleNonce}
      >
        <ApiProvider>
          <ViewContext value={createViewStore()}>
            <Notifications position="bottom-right" limit={4} />
            <SchemeProvider>
              <App />
            </SchemeProvider>
          </ViewContext>
        </ApiProvider>
      </MantineProvider>
    </StrictMode>,
  );
}

/** The host puts a fresh one into every page it serves. */
function styleNonce(): string {
  const meta = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]');
  return meta?.nonce ?? '';
}

void start();
