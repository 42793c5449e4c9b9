import { implement } from '@orpc/server'
import { publishing } from '../../../contract/publishing.ts'
import { type ApiContext, inside } from '../../platform/api.ts'
import { postFor } from './access.ts'
import { cancelTarget } from './cancel-target.ts'
import { checkPost } from './check-post.ts'
import { deletePost } from './delete-post.ts'
import { duplicatePost } from './duplicate-post.ts'
import { editPost } from './edit-post.ts'
import { listPosts } from './list-posts.ts'
import { presentPost } from './present.ts'
import { rescheduleTarget } from './reschedule-target.ts'
import { resolveTarget } from './resolve-target.ts'
import { retryTarget } from './retry-target.ts'
import { schedulePost } from './schedule-post.ts'
import { showAttempts } from './show-attempts.ts'
import { showCalendar } from './show-calendar.ts'
import { setSlots, showSlots } from './slots.ts'
import { writePost } from './write-post.ts'

const api = implement(publishing).$context<ApiContext>().use(inside)

export const publishingApi = {
  posts: api.posts.handler(({ context, input }) => listPosts(context.caller, input)),
  post: api.post.handler(({ context: { caller }, input }) =>
    caller.tx(async (tx) => presentPost(tx, caller, await postFor(tx, caller, input.id))),
  ),
  createPost: api.createPost.handler(({ context, input }) => writePost(context.caller, input)),
  updatePost: api.updatePost.handler(({ context, input }) => editPost(context.caller, input)),
  deletePost: api.deletePost.handler(({ context, input }) => deletePost(context.caller, input)),
  duplicatePost: api.duplicatePost.handler(({ context, input }) =>
    duplicatePost(context.caller, input),
  ),
  checkPost: api.checkPost.handler(({ context, input }) => checkPost(context.caller, input)),
  schedulePost: api.schedulePost.handler(({ context, input }) =>
    schedulePost(context.caller, input),
  ),
  calendar: api.calendar.handler(({ context, input }) => showCalendar(context.caller, input)),
  reschedule: api.reschedule.handler(({ context, input }) =>
    rescheduleTarget(context.caller, input),
  ),
  cancel: api.cancel.handler(({ context, input }) => cancelTarget(context.caller, input)),
  retry: api.retry.handler(({ context, input }) => retryTarget(context.caller, input)),
  resolve: api.resolve.handler(({ context, input }) => resolveTarget(context.caller, input)),
  attempts: api.attempts.handler(({ context, input }) => showAttempts(context.caller, input)),
  slots: api.slots.handler(({ context, input }) => showSlots(context.caller, input)),
  setSlots: api.setSlots.handler(({ context, input }) => setSlots(context.caller, input)),
}
