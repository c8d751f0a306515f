/** One line that says what the line patterns mean; the filter panel is the legend for everything else. */
export function LineKey({ hasGuests }: { readonly hasGuests: boolean }) {
  return (
    <ul className="chart-float chart-key" aria-label="Line styles">
      <li>
        <Line /> confirmed
      </li>
      <li>
        <Line dash="6 4" /> unconfirmed
      </li>
      <li>
        <Line dash="1.5 4" /> tentative
      </li>
      <li className="chart-key-critical">
        <Line /> exploitation
      </li>
      {hasGuests && (
        <li>
          <Ring /> not in this case
        </li>
      )}
    </ul>
  );
}

function Ring() {
  return (
    <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden>
      <circle cx="7" cy="7" r="5.5" fill="none" stroke="currentColor" strokeWidth="1.5" strokeDasharray="3 2" />
    </svg>
  );
}

function Line({ dash }: { readonly dash?: string }) {
  return (
    <svg width="26" height="6" viewBox="0 0 26 6" aria-hidden>
      <path d="M1 3h24" stroke="currentColor" strokeWidth="1.75" strokeLinecap="round" strokeDasharray={dash} />
    </svg>
  );
}
