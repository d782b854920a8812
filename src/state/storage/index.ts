export { deleteBlock, type KeptBlock, listBlocks, saveBlock } from './blocks';
export {
  ConflictError,
  deleteNetwork,
  listNetworks,
  loadNetwork,
  renameNetwork,
  type SavedNetwork,
  saveNetwork,
} from './networks';
export { deleteWeights, loadWeights, saveWeights } from './weights';
