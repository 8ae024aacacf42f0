import { binary, maxBy, metric, num } from '../query/build.js'
import type { Language } from '../signals/signal.js'
import type { GrafanaAnnotation } from './classic-model.js'
import { type ExpressionStyle, expression } from './expression.js'
import { chosenDataSource } from './panel-model.js'
import { frameWords } from './texts/frame-words.js'

/** The tag that marks a deployment among the annotations of Grafana. */
const DEPLOY_TAG = 'deploy'

/** Starts of processes, at the second that they tell themselves, and deployments that somebody noted in Grafana. */
export function annotations(style: ExpressionStyle, language: Language): readonly GrafanaAnnotation[] {
  const words = frameWords[language]
  const deploys: GrafanaAnnotation = {
    name: words.deploys,
    datasource: { type: 'grafana', uid: '-- Grafana --' },
    enable: true,
    iconColor: 'blue',
    target: { type: 'tags', tags: [DEPLOY_TAG], matchAny: true, limit: 100 },
  }
  if (!style.variables.includes('instance')) return [deploys]
  const started = maxBy(['job', 'instance'], metric('process_start_time_seconds'))
  const starts: GrafanaAnnotation = {
    name: words.starts,
    datasource: chosenDataSource,
    enable: true,
    iconColor: 'orange',
    expr: expression(binary(started, '*', num(1000)), style),
    titleFormat: words.started,
    textFormat: '{{job}} {{instance}}',
    tagKeys: 'job,instance',
    useValueForTime: 'on',
  }
  return [starts, deploys]
}
