import type { OpenMethodName, Output, Parsed } from '../../src-shared/contract/methods.ts';
import { listAffected } from './handlers/affected-handlers.ts';
import {
  approveRelease,
  askRelease,
  declineRelease,
  listDeclined,
  listPending,
  withdrawRequest,
} from './handlers/approval-handlers.ts';
import {
  appendAttachment,
  beginAttachment,
  cancelTransfer,
  exportAttachment,
  finishAttachment,
  listAttachments,
  readAttachment,
  verifyAttachment,
} from './handlers/attachment-handlers.ts';
import { beginBackup, endBackup, readBackup } from './handlers/backup-handlers.ts';
import { listAudit, listBatches, listLedger, undoBatch, verifyAuditLog } from './handlers/audit-handlers.ts';
import {
  addMembers,
  listCases,
  removeMembers,
  saveCase,
  showCaseChart,
  stateOfCase,
} from './handlers/case-handlers.ts';
import { saveChart } from './handlers/chart-handlers.ts';
import { findPath } from './handlers/graph-handlers.ts';
import { applyImport, previewImport } from './handlers/import-handlers.ts';
import { discardKeys, makeOwnKey, rotateKeys, showKeys, signKeys } from './handlers/key-handlers.ts';
import { listMembers } from './handlers/members-handler.ts';
import {
  addPartner,
  confirmPartner,
  describePartner,
  listPartners,
  requireOfPartner,
  revokePartner,
  showOurCard,
} from './handlers/partner-handlers.ts';
import { answerComparison, beginComparison, fingerprintOfCase, showComparison } from './compare/compare.ts';
import { applyPlan } from './receive/apply.ts';
import { discardQuarantined } from './receive/discard.ts';
import { listQuarantine } from './receive/hold.ts';
import { openFile } from './receive/open-file.ts';
import { listItems, planQuarantined, tellChoices } from './receive/review.ts';
import { drawReview } from './receive/chart.ts';
import { showRecallBoard } from './handlers/recall-handlers.ts';
import { exportEvidence, listStreams, noteAlarms } from './handlers/stream-handlers.ts';
import { createPermission, listPermissions, showPermissionScope } from './handlers/permission-handlers.ts';
import { listReleaseRecords, listReleaseSubjects, previewRelease } from './handlers/release-handlers.ts';
import { sealRelease } from './release/seal-release.ts';
import { checkStore, rebuildStore, salvagePart, salvageStore, showStoreState } from './handlers/store-handlers.ts';
import {
  expandSubject,
  retractRecords,
  saveEntity,
  saveIdentity,
  saveLink,
  search,
  showSubject,
} from './handlers/subject-handlers.ts';
import {
  dismissUser,
  exportIdentity,
  inviteUser,
  listUsers,
  setPassphrase,
  showStatus,
} from './handlers/vault-handlers.ts';
import type { OpenSession } from './session.ts';

/** All but the one that puts another vault in the session's place. */
type OpenHandlers = {
  readonly [M in Exclude<OpenMethodName, 'vault.rotate'>]: (
    session: OpenSession,
    input: Parsed<M>,
  ) => Output<M> | Promise<Output<M>>;
};

/** Every method that needs an unlocked vault, and the function that answers it. */
export const openHandlers: OpenHandlers = {
  'vault.status': showStatus,
  'vault.change-passphrase': setPassphrase,
  'vault.add-user': inviteUser,
  'vault.remove-user': dismissUser,
  'vault.users': listUsers,
  'vault.identity': exportIdentity,
  'backup.begin': beginBackup,
  'backup.read': readBackup,
  'backup.end': endBackup,
  'store.state': showStoreState,
  'store.check': checkStore,
  'store.rebuild': rebuildStore,
  'store.salvage': salvageStore,
  'store.salvage-part': salvagePart,
  'case.list': listCases,
  'case.save': saveCase,
  'case.state': stateOfCase,
  'case.chart': showCaseChart,
  'case.members': listMembers,
  'case.add-members': addMembers,
  'case.remove-members': removeMembers,
  'case.fingerprint': fingerprintOfCase,
  'compare.begin': beginComparison,
  'compare.open': showComparison,
  'compare.answer': answerComparison,
  'chart.save': saveChart,
  'entity.save': saveEntity,
  'link.save': saveLink,
  'identity.save': saveIdentity,
  'record.retract': retractRecords,
  'subject.show': showSubject,
  'subject.expand': expandSubject,
  'graph.path': findPath,
  'search.find': search,
  'attachment.begin': beginAttachment,
  'attachment.append': appendAttachment,
  'attachment.finish': finishAttachment,
  'attachment.cancel': cancelTransfer,
  'attachment.list': listAttachments,
  'attachment.export': exportAttachment,
  'attachment.read': readAttachment,
  'attachment.verify': verifyAttachment,
  'import.preview': previewImport,
  'import.apply': applyImport,
  'batch.list': listBatches,
  'batch.undo': undoBatch,
  'keys.show': showKeys,
  'keys.make': makeOwnKey,
  'keys.rotate': rotateKeys,
  'keys.sign': signKeys,
  'keys.discard': discardKeys,
  'partner.list': listPartners,
  'partner.card': showOurCard,
  'partner.add': addPartner,
  'partner.confirm': confirmPartner,
  'partner.describe': describePartner,
  'partner.affected': listAffected,
  'partner.require': requireOfPartner,
  'partner.revoke': revokePartner,
  'release.preview': previewRelease,
  'release.subjects': listReleaseSubjects,
  'release.records': listReleaseRecords,
  'release.ask': askRelease,
  'release.pending': listPending,
  'release.declined': listDeclined,
  'release.approve': approveRelease,
  'release.decline': declineRelease,
  'release.withdraw': withdrawRequest,
  'release.seal': sealRelease,
  'receive.open': openFile,
  'receive.list': listQuarantine,
  'receive.plan': planQuarantined,
  'receive.items': listItems,
  'receive.choose': tellChoices,
  'receive.chart': drawReview,
  'receive.apply': applyPlan,
  'receive.discard': discardQuarantined,
  'stream.list': listStreams,
  'stream.evidence': exportEvidence,
  'stream.note': noteAlarms,
  'recall.board': showRecallBoard,
  'permission.scope': showPermissionScope,
  'permission.create': createPermission,
  'permission.list': listPermissions,
  'ledger.list': listLedger,
  'audit.list': listAudit,
  'audit.verify': verifyAuditLog,
};
