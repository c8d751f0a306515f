import type { Terminal } from './terminal.ts';

/** One option of a command: a flag, or a value when `value` says what stands for it in the usage. */
export interface OptionSpec {
  readonly help: string;
  readonly value?: string;
  readonly isRequired?: true;
  /** Given again, or with commas, it adds up. */
  readonly isList?: true;
  readonly choices?: readonly string[];
}

/** One row of the command table; arguments, checks and `--help` all come from it. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  /** Positional arguments in order; one that ends in `…` takes all that are left, and in brackets may be missing. */
  readonly args: readonly string[];
  readonly options: Readonly<Record<string, OptionSpec>>;
  run(given: Given, terminal: Terminal): Promise<Answer>;
}

/** What was given, checked against the table: `required` and `arg` never miss, because parsing has refused before. */
export interface Given {
  arg(name: string): string;
  rest(name: string): readonly string[];
  has(option: string): boolean;
  option(option: string): string | undefined;
  required(option: string): string;
  list(option: string): readonly string[];
}

/** What a command answers: one object for `--json`, lines for a person, and whether it counts as a refusal for the exit status. */
export interface Answer {
  readonly json: object;
  readonly lines: readonly string[];
  readonly isRefusal?: true;
}
