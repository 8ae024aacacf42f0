export { getOptimizationTips, type OptimizationTips, type TipArea } from './optimization-tips.js'
