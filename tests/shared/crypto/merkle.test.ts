import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromHex, sha256, toBytes, toHex } from '../../../src-shared/crypto/hash.ts';
import { hashInto } from '../../../src-main/exchange/native-hash.ts';
import {
  inclusionProof,
  isIncluded,
  merkleRoot,
  pathsOfSubset,
  rootOfHashes,
  rootOfSubset,
  subsetProof,
  subsetProofFromPaths,
} from '../../../src-shared/crypto/merkle.ts';

// the test data of the Certificate Transparency reference implementations: leaves, and the root of the first n of them
const CT_LEAVES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const CT_ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

function leavesOf(count: number): Uint8Array[] {
  return Array.from({ length: count }, (_, i) => sha256(toBytes(`leaf ${i}`)));
}

/** RFC 6962 §2.1 word for word. */
function rootByDefinition(leaves: readonly Uint8Array[]): Uint8Array {
  const [first] = leaves;
  if (first === undefined) return sha256();
  if (leaves.length === 1) return sha256(Uint8Array.of(0), first);
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return sha256(Uint8Array.of(1), rootByDefinition(leaves.slice(0, split)), rootByDefinition(leaves.slice(split)));
}

const tree = fc.integer({ min: 1, max: 40 });
const treeAndSubset = tree.chain((size) =>
  fc.record({
    size: fc.constant(size),
    indices: fc.uniqueArray(fc.nat({ max: size - 1 }), { minLength: 1 }).map((list) => list.toSorted((a, b) => a - b)),
  }),
);

test('[A2] the roots of the Certificate Transparency test data', () => {
  const leaves = CT_LEAVES.map(fromHex);
  expect(CT_ROOTS.map((_, size) => toHex(merkleRoot(leaves.slice(0, size))))).toEqual(CT_ROOTS);
});

test('[A2] over hashes the root is the same, computed in one array, whoever hashes', () => {
  for (let size = 0; size <= 70; size += 1) {
    const leaves = leavesOf(size);
    const root = toHex(rootByDefinition(leaves));
    expect(rootOfHashes(leaves.map(toHex))).toBe(root);
    expect(rootOfHashes(leaves.map(toHex), hashInto)).toBe(root);
  }
});

test('[A2] the root is that of the definition for every size', () => {
  for (let size = 0; size <= 70; size += 1) {
    expect(toHex(merkleRoot(leavesOf(size)))).toBe(toHex(rootByDefinition(leavesOf(size))));
  }
});

test('[A3] every leaf of every small tree is proven by its path, and at no other place', () => {
  for (let size = 1; size <= 20; size += 1) {
    const leaves = leavesOf(size);
    const root = merkleRoot(leaves);
    leaves.forEach((leaf, index) => {
      const path = inclusionProof(leaves, index);
      const places = leaves.map((_, at) => isIncluded(leaf, at, size, path, root));
      expect(places.flatMap((isHere, at) => (isHere ? [at] : []))).toEqual([index]);
    });
  }
});

test('[A3] a path that is longer, shorter, changed or for another leaf proves nothing', () => {
  fc.assert(
    fc.property(treeAndSubset, ({ size, indices: [index = 0] }) => {
      const leaves = leavesOf(size);
      const root = merkleRoot(leaves);
      const path = inclusionProof(leaves, index);
      const leaf = leaves[index] ?? sha256();
      expect(isIncluded(leaf, index, size, [...path, root], root)).toBe(false);
      expect(isIncluded(sha256(leaf), index, size, path, root)).toBe(false);
      expect(isIncluded(leaf, size, size, path, root)).toBe(false);
      expect(isIncluded(leaf, -1, size, path, root)).toBe(false);
      if (path.length > 0) expect(isIncluded(leaf, index, size, path.slice(1), root)).toBe(false);
      const tooLong = new Uint8Array(65);
      expect(isIncluded(leaf, index, size, [tooLong, ...path.slice(1)], root)).toBe(false);
      path.forEach((hash, at) => {
        expect(isIncluded(leaf, index, size, path.with(at, sha256(hash)), root)).toBe(false);
      });
    }),
  );
});

test('[A3] the proof of several gives the root, the same from all leaves and from paths, and gives back the paths', () => {
  fc.assert(
    fc.property(treeAndSubset, ({ size, indices }) => {
      const leaves = leavesOf(size);
      const chosen = indices.map((index) => leaves[index] ?? sha256());
      const paths = indices.map((index) => inclusionProof(leaves, index));
      const proof = subsetProof(leaves, indices);
      expect(rootOfSubset(size, indices, chosen, proof)).toEqual(merkleRoot(leaves));
      expect(subsetProofFromPaths(size, indices, paths)).toEqual(proof);
      expect(pathsOfSubset(size, indices, chosen, proof)).toEqual(paths);
    }),
    { numRuns: 300 },
  );
});

test('[A3] a whole batch needs no hash, and one leaf as many as its path', () => {
  const leaves = leavesOf(13);
  expect(subsetProof(leaves, [...leaves.keys()])).toEqual([]);
  expect(subsetProof(leaves, [5])).toHaveLength(inclusionProof(leaves, 5).length);
});

function rootFor(...input: Parameters<typeof rootOfSubset>): string | undefined {
  const root = rootOfSubset(...input);
  return root && toHex(root);
}

test('[A3] leaves and hashes that do not fit together give no root or another', () => {
  fc.assert(
    fc.property(treeAndSubset, fc.nat(), ({ size, indices }, seed) => {
      const leaves = leavesOf(size);
      const root = toHex(merkleRoot(leaves));
      const chosen = indices.map((index) => leaves[index] ?? sha256());
      const proof = subsetProof(leaves, indices);
      expect(rootFor(size, indices, chosen, [...proof, sha256()])).toBeUndefined();
      expect(rootFor(size, [], [], proof)).toBeUndefined();
      expect(rootFor(size, [...indices, size], [...chosen, sha256()], proof)).toBeUndefined();
      expect(
        rootFor(size, indices.toReversed().concat(0), chosen.toReversed().concat(sha256()), proof),
      ).toBeUndefined();
      const at = seed % chosen.length;
      expect(rootFor(size, indices, chosen.with(at, sha256(toBytes('other'))), proof)).not.toBe(root);
      if (proof.length > 0) {
        expect(rootFor(size, indices, chosen, proof.slice(1))).toBeUndefined();
        expect(rootFor(size, indices, chosen, proof.with(seed % proof.length, sha256()))).not.toBe(root);
      }
    }),
    { numRuns: 300 },
  );
});
