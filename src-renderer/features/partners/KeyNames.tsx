interface Props {
  readonly keys: readonly { readonly kid: string; readonly user?: string | undefined }[];
  /** The agency's own signing key, which every officer can use. */
  readonly agency: string | undefined;
}

/** Whose keys they are, as far as this vault knows. */
export function KeyNames({ keys, agency }: Props) {
  if (keys.length === 0) return 'Nobody';
  return (
    <span className="key-names">
      {keys.map(({ kid, user }) => (
        <span key={kid}>
          {user === undefined ? kid === agency ? 'the agency’s key' : 'a key' : <bdi>{user}</bdi>}{' '}
          <small dir="ltr">{kid}</small>
        </span>
      ))}
    </span>
  );
}
