import { Button, Group } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { Output } from '../../../src-shared/contract/methods.ts';
import { countOf, formatSize, listOf } from '../../strings/format.ts';
import { Notice } from '../../ui/Notice.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { type ReleaseChoice, legalBasis } from './release-request.ts';

interface Props {
  readonly result: Output<'release.seal'>;
  readonly choice: ReleaseChoice;
  readonly onClose: () => void;
}

/** The sealed file and what was recorded about it. */
export function ReleaseDone({ result, choice, onClose }: Props) {
  const bases = [...choice.gateways, ...choice.additions].map((code) => legalBasis(code)?.label ?? code);
  return (
    <div className="release-audience">
      <Notice
        tone="ok"
        title={`Sealed ${countOf(result.records, 'record')} about ${countOf(result.subjects, 'subject')}.`}
      >
        Only {listOf(result.sequences.map((entry) => entry.name))} can open the file. It was saved where your browser
        saves files; carry it over as you have agreed.
      </Notice>
      <dl className="facts">
        <dt>File</dt>
        <dd>
          <bdi>{result.fileName}</bdi>, {formatSize(result.bytes.length)}
        </dd>
        {result.sequences.map((entry) => (
          <FactOfSequence key={entry.agency} name={entry.name} sequence={entry.sequence} />
        ))}
        <dt>Withheld</dt>
        <dd>{countOf(result.withheld, 'value')}</dd>
      </dl>
      <section>
        <SectionHead title="Written to the ledger" level={3} />
        <p className="muted">
          Who now holds which subjects, for the purpose “<bdi>{choice.purpose.trim()}</bdi>”, on the basis of{' '}
          {listOf(bases)}
          {choice.include.length > 0 && `, with ${listOf(choice.include)} disclosed`}. Look it up under Audit → Ledger.
          When the partner’s receipt comes back, receive it like any file: the ledger then shows the release as
          confirmed.
        </p>
      </section>
      <Group justify="flex-end" gap={8}>
        <Button
          variant="default"
          leftSection={<IconDownload size={14} aria-hidden />}
          onClick={() => saveFile(result.fileName, result.bytes)}
        >
          Save the file again
        </Button>
        <Button data-autofocus onClick={onClose}>
          Done
        </Button>
      </Group>
    </div>
  );
}

function FactOfSequence({ name, sequence }: { readonly name: string; readonly sequence: number }) {
  return (
    <>
      <dt>
        Number for <bdi>{name}</bdi>
      </dt>
      <dd>{sequence}</dd>
    </>
  );
}
