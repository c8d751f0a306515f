interface Props {
  readonly signs: { readonly new: string; readonly changed: string; readonly conflicting: string };
  readonly hasHeld: boolean;
}

/** What the signs before names mean. */
export function PreviewKey({ signs, hasHeld }: Props) {
  return (
    <ul className="chart-float chart-key" aria-label="What the signs mean">
      <li>
        <b>{signs.new}</b> new
      </li>
      <li>
        <b>{signs.changed}</b> says more
      </li>
      <li>
        <b>{signs.conflicting}</b> conflicting
      </li>
      {hasHeld && (
        <li>
          <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden>
            <circle cx="7" cy="7" r="5.5" fill="none" stroke="currentColor" strokeWidth="1.5" strokeDasharray="3 2" />
          </svg>{' '}
          held here already
        </li>
      )}
    </ul>
  );
}
