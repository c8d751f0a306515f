import { AnyRecord } from '../../src-shared/domain/record.ts';
import { isExactRecord } from '../../src-shared/records/record-fields.ts';

/** A record as the store keeps it (V30): its canonical JSON with the claims disclosed to us. */
export function parseBody(body: string): AnyRecord {
  const value: unknown = JSON.parse(body);
  return isExactRecord(value) ? value : AnyRecord.parse(value);
}
