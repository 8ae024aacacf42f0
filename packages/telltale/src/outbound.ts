export {
  type OutboundOptions,
  type WatchedOutboundRequests,
  watchOutboundRequests,
} from './instrument/outbound/watch-outbound-requests.js'
