import { IconAlertTriangle, IconArrowsRightLeft, IconFolder, IconShieldLock } from '@tabler/icons-react';
import { linkKind } from '../../../src-shared/catalogue/kinds.ts';
import type { SubjectView } from '../../../src-shared/contract/views.ts';
import { lookOf } from '../../ui/appearance.ts';
import { AuthorTag } from '../../ui/AuthorTag.tsx';
import { EntityIcon } from '../../ui/EntityIcon.tsx';
import { Tag } from '../../ui/Tag.tsx';
import { TlpBadge } from '../../ui/TlpBadge.tsx';
import type { Ask } from './ask.ts';
import { SubjectMenu } from './SubjectMenu.tsx';

interface Props {
  readonly view: SubjectView;
  readonly isCase: boolean;
  readonly canWrite: boolean;
  readonly canExchange: boolean;
  readonly onAsk: (ask: Ask) => void;
}

/** What it is, who speaks about it, how it is marked, and what can be done with it. */
export function InspectorHead({ view, isCase, canWrite, canExchange, onAsk }: Props) {
  const item = view.entity ?? view.link;
  const authors = new Map(view.history.map((record) => [record.author, record]));
  return (
    <header className="inspector-head">
      <div className="inspector-title">
        <SubjectIcon view={view} />
        <div>
          <h2>
            <bdi>{view.label}</bdi>
          </h2>
          <p>{subtitle(view)}</p>
        </div>
        {canWrite && <SubjectMenu view={view} isCase={isCase} canExchange={canExchange} onAsk={onAsk} />}
      </div>
      <div className="inspector-tags">
        {item !== undefined && <TlpBadge tlp={item.tlp} />}
        {view.entity?.isProtected === true && (
          <Tag
            tone="accent"
            icon={<IconShieldLock size={12} aria-hidden />}
            title="Identity withheld from releases by default"
          >
            Protected
          </Tag>
        )}
        {view.entity !== undefined && view.entity.conflicts > 0 && (
          <Tag tone="warning" icon={<IconAlertTriangle size={12} aria-hidden />}>
            {view.entity.conflicts === 1 ? 'Statements disagree' : `${view.entity.conflicts} disagreements`}
          </Tag>
        )}
        {[...authors.values()].map((record) => (
          <AuthorTag
            key={record.author}
            name={record.authorName}
            isOurs={record.isOurs}
            isVouched={record.vouched !== undefined}
          />
        ))}
      </div>
    </header>
  );
}

function SubjectIcon({ view }: { readonly view: SubjectView }) {
  if (view.entity !== undefined) {
    return <EntityIcon type={view.type} subjectCategory={view.entity.subjectCategory} size={32} />;
  }
  const Icon = view.kind === 'link' ? IconArrowsRightLeft : IconFolder;
  return <Icon size={26} className="inspector-icon" aria-hidden />;
}

function subtitle(view: SubjectView): string {
  const item = view.entity ?? view.link;
  const kind = view.entity !== undefined ? lookOf(view.type, view.entity.subjectCategory).label : kindWords(view);
  const period = [item?.firstOn, item?.lastOn].filter((date) => date !== undefined);
  return [kind, ...[...new Set(period)].map((date, index) => (index === 0 ? `from ${date}` : `to ${date}`))].join(
    ' · ',
  );
}

function kindWords(view: SubjectView): string {
  if (view.kind === 'link') return `Link: ${view.link?.confidence ?? linkKind(view.type).label}`;
  return view.kind === 'case' ? 'Case' : view.type;
}
