import { startTransition, useState } from 'react';
import type { Input, Output } from '../../../src-shared/contract/methods.ts';
import { useMethod } from '../../api/hooks.ts';
import type { Refusal } from '../../api/refusal.ts';
import { PIECE, pieceFor } from './places.ts';
import type { RowsInSight } from './use-rows-in-sight.ts';

/** Each is small, but a person who goes through a case leaves hundreds behind. */
const KEPT_MS = 20_000;

export type Order = Omit<Input<'case.members'>, 'at' | 'limit'>;

export interface Members {
  /** The piece that was read last; undefined before the first. */
  readonly piece: Output<'case.members'> | undefined;
  readonly error: Refusal | null;
  /** Asks for what is around these rows. */
  readonly show: (rows: RowsInSight) => void;
}

/** The entities of a large case around what is in sight. One piece is read at a time: what was passed over meanwhile is never read. */
export function useMembers(order: Order): Members {
  const [wanted, setWanted] = useState(0);
  const [at, setAt] = useState(0);
  const answer = useMethod('case.members', { ...order, at, limit: PIECE }, { keepsPrevious: true, keptForMs: KEPT_MS });
  if (at !== wanted && !answer.isFetching) setAt(wanted);
  // A transition waits behind the keys: an urgent change after every key of a held one is what React takes for a loop without end
  const show = ({ from }: RowsInSight) => startTransition(() => setWanted(pieceFor(from)));
  return { piece: answer.data, error: answer.error, show };
}
