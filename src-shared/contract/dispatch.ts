import type { z } from 'zod';
import { ChirographError, failure, toWireError, type WireError } from '../errors.ts';
import { type Handlers, type MethodName, type Output, isMethodName, methods } from './methods.ts';

/** What every host gets back for every call. */
export type Reply<M extends MethodName = MethodName> =
  | { readonly ok: true; readonly value: Output<M> }
  | { readonly ok: false; readonly error: WireError };

/** The world that `dispatch` needs: ids for incidents, and the local log that alone sees what went wrong inside. */
export interface Incidents {
  newIncident(): string;
  record(incident: string, error: unknown): void;
}

const FIELD_OR_POSITION = /^([a-z][A-Za-z]{0,31}|\d{1,7})$/;

/**
 * The one door: every host passes raw messages here and nowhere else. Unknown names and inputs are refused, handlers get parsed input,
 * and only `{ code, details }` of a failure goes out.
 */
export async function dispatch(
  handlers: Handlers,
  name: string,
  rawInput: unknown,
  incidents: Incidents,
): Promise<Reply> {
  try {
    if (!isMethodName(name)) throw failure('request.invalid', { path: 'method' });
    const input = methods[name].input.safeParse(rawInput);
    if (!input.success) throw failure('request.invalid', { path: firstPath(input.error) });
    return { ok: true, value: await run(handlers, name, input.data) };
  } catch (error) {
    const incident = incidents.newIncident();
    if (!(error instanceof ChirographError)) incidents.record(incident, error);
    return { ok: false, error: toWireError(error, incident) };
  }
}

/** TypeScript cannot see that the handler and the input have one name; the line above `run` has just made it so. */
function run(handlers: Handlers, name: MethodName, input: unknown): Output<MethodName> | Promise<Output<MethodName>> {
  const handler = handlers[name] as (parsed: unknown) => Output<MethodName> | Promise<Output<MethodName>>;
  return handler(input);
}

/** Where the input is wrong: field names of the contract and positions, never values. */
function firstPath(error: z.ZodError): string {
  const path = error.issues[0]?.path.map(String).filter((step) => FIELD_OR_POSITION.test(step)) ?? [];
  return path.length === 0 ? 'input' : path.join('.');
}
