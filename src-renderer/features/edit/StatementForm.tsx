import { Button, Group } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { ClaimInput } from '../../../src-shared/contract/methods.ts';
import type { Handling, Source } from '../../../src-shared/domain/record.ts';
import { explain } from '../../strings/errors.ts';
import { ruleText } from '../../strings/rules.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { type StatementDraft, type StatementErrors, parseDraft } from '../../ui/statement-draft.ts';
import { StatementFields } from '../../ui/StatementFields.tsx';
import { ClaimFields } from './ClaimFields.tsx';
import { type ClaimRow, carryRows, checkRows } from './claim-row.ts';
import './edit.css';

export interface StatementInput {
  readonly claims: ClaimInput[];
  readonly source: Source;
  readonly handling: Handling;
}

interface Props {
  /** What the claims are about: an entity type, a link type, or `case`. */
  readonly type: string;
  readonly rows: readonly ClaimRow[];
  readonly draft: StatementDraft;
  readonly country: string;
  /** A link may say nothing more than that it is there. */
  readonly canBeBare?: boolean;
  readonly saveLabel: string;
  readonly isBusy: boolean;
  readonly error: unknown;
  /** Save was pressed, whether or not all is well: fields outside show what they lack. */
  readonly onTry?: () => void;
  readonly onSave: (input: StatementInput) => void;
  readonly onCancel: () => void;
  readonly children?: ReactNode;
}

const NO_ERRORS: StatementErrors = {};

/** Claims with source, grade and marking: every form that writes a record is this one. */
export function StatementForm(props: Props) {
  const { type, country, canBeBare = false, saveLabel, isBusy, onTry, error, onSave, onCancel, children } = props;
  const [rows, setRows] = useState(props.rows);
  const [draft, setDraft] = useState(props.draft);
  const [rowsType, setRowsType] = useState(type);
  if (rowsType !== type) {
    setRowsType(type);
    setRows(carryRows(type, rows));
  }
  const [wasTried, setWasTried] = useState(false);
  const checked = checkRows(type, rows, country);
  const statement = parseDraft(draft);
  const isEmpty = rows.every((row) => row.text.trim() === '');
  const lacksClaims = isEmpty && !canBeBare;
  const isStorable = checked.isStorable || (canBeBare && isEmpty);
  const save = (form: HTMLFormElement) => {
    setWasTried(true);
    onTry?.();
    if (!isStorable || !statement.ok) return focusFirstError(form);
    onSave({ claims: [...checked.claims], source: statement.source, handling: statement.handling });
  };
  return (
    <form
      className="statement-form"
      onSubmit={(event) => {
        event.preventDefault();
        save(event.currentTarget);
      }}
    >
      <div className="statement-form-body">
        {children}
        <div className="statement-claims" data-lacking={lacksClaims}>
          {wasTried && lacksClaims && (
            <p className="claim-field-error" role="alert">
              Say at least one thing about it.
            </p>
          )}
          <ClaimFields type={type} rows={rows} problems={checked.problems} onChange={setRows} />
        </div>
        {!isEmpty &&
          checked.general.map((rule) => (
            <p key={rule} className="claim-field-warning">
              {ruleText(rule)}
            </p>
          ))}
        <StatementFields
          value={draft}
          errors={wasTried && !statement.ok ? statement.errors : NO_ERRORS}
          onChange={setDraft}
        />
        {error !== null && error !== undefined && <ErrorNotice {...explain(error)} />}
      </div>
      <Group justify="flex-end" gap={8} className="statement-form-actions">
        <Button variant="default" onClick={onCancel}>
          Cancel
        </Button>
        <Button type="submit" loading={isBusy}>
          {saveLabel}
        </Button>
      </Group>
    </form>
  );
}

const FIRST_ERROR = '[aria-invalid="true"], [data-lacking="true"] :is(input, textarea)';

/** Where the errors are drawn in the next frame, the caret goes to the first field that has one, and what is said about it comes into sight. */
function focusFirstError(form: HTMLFormElement): void {
  requestAnimationFrame(() => {
    form.querySelector<HTMLElement>(FIRST_ERROR)?.focus();
    form.querySelector('[role="alert"]')?.scrollIntoView({ block: 'nearest' });
  });
}
