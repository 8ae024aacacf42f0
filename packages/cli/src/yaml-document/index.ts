export { readYaml, reasonOf, type YamlDocument, type YamlProblem } from './yaml-document.js'
export {
  type YamlEntry,
  type YamlList,
  YamlMap,
  type YamlNode,
  type YamlPlace,
  YamlScalar,
} from './yaml-node.js'
