import { AnyRecord } from '../../src-shared/domain/record.ts';

/** A record as the store keeps it (V30): its canonical JSON with the claims disclosed to us. */
export function parseBody(body: string): AnyRecord {
  return AnyRecord.parse(JSON.parse(body));
}
