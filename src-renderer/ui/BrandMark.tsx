import { IconTopologyStar3 } from '@tabler/icons-react';

/** The program's mark. */
export function BrandMark() {
  return <IconTopologyStar3 size={22} stroke={2} color="var(--acc)" aria-hidden />;
}
