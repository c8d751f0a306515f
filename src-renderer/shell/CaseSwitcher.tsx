import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconFolders, IconScale } from '@tabler/icons-react';
import { useMethod } from '../api/hooks.ts';
import { TlpBadge } from '../ui/TlpBadge.tsx';
import { openCase, useView, useViewStore } from './view-state.ts';

/** The open case with its marking, which is always on the screen, and the way to another one. */
export function CaseSwitcher() {
  const store = useViewStore();
  const cases = useMethod('case.list', {}).data?.cases ?? [];
  const openId = useView((state) => (state.screen === 'workspace' ? state.caseId : undefined));
  const open = cases.find((candidate) => candidate.id === openId);
  return (
    <>
      <Menu withinPortal={false} withInitialFocusPlaceholder={false} position="bottom-start" width={320}>
        <Menu.Target>
          <Button
            variant="subtle"
            color="gray"
            fw={650}
            fz={13}
            px={6}
            rightSection={<IconChevronDown size={14} aria-hidden />}
          >
            <bdi className="casebar-title">{open?.title ?? 'Cases'}</bdi>
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconFolders size={15} aria-hidden />} onClick={() => store.set({ screen: 'home' })}>
            All cases
          </Menu.Item>
          {open !== undefined && (
            <Menu.Item
              leftSection={<IconScale size={15} aria-hidden />}
              onClick={() => store.set({ dialog: { kind: 'compare' } })}
            >
              Compare with a partner…
            </Menu.Item>
          )}
          <Menu.Divider />
          {cases.slice(0, 12).map((item) => (
            <Menu.Item key={item.id} onClick={() => openCase(store, item.id)}>
              <bdi>{item.title}</bdi>
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {open !== undefined && <TlpBadge tlp={open.tlp} />}
    </>
  );
}
