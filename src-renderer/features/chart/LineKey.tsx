/** One line that says what the line patterns mean; the filter panel is the legend for everything else. */
export function LineKey() {
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
    </ul>
  );
}

function Line({ dash }: { readonly dash?: string }) {
  return (
    <svg width="26" height="6" viewBox="0 0 26 6" aria-hidden>
      <path d="M1 3h24" stroke="currentColor" strokeWidth="1.75" strokeLinecap="round" strokeDasharray={dash} />
    </svg>
  );
}
