export { ConflictError, deleteNetwork, listNetworks, loadNetwork, type SavedNetwork, saveNetwork } from './networks';
export { deleteWeights, loadWeights, saveWeights } from './weights';
