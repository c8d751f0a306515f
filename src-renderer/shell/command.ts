/** Something the analyst can do: it feeds the palette, the shortcut sheet and the keys, so that the three never differ. */
export interface Command {
  readonly id: string;
  readonly group: 'Chart' | 'Selection' | 'View' | 'Case' | 'Exchange' | 'Go to' | 'Vault';
  readonly label: string;
  /** As printed on the keys: `Ctrl+K`. */
  readonly keys?: string;
  /** As tinykeys writes it. */
  readonly binding?: string;
  /** Keys of `chart` commands act only while the chart has the focus (WCAG 2.1.4). */
  readonly where: 'everywhere' | 'chart';
  /** Too small a step to be looked for by name. */
  readonly isKeyOnly?: boolean;
  readonly run: () => void;
}
