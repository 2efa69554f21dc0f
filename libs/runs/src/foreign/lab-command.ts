/** Words of a ./lab command as the lab writes it down: nothing that a shell would take apart or do. */
const LAB_COMMAND = /^\.\/lab (?:run|capacity|experiment) [\w.,=:@/+-]+(?: [\w.,=:@/+-]+)*$/;

/** Whether a stored command may be shown as one to type again: whoever made a file that was imported could write anything there. */
export function isLabCommand(command: string): boolean {
  return LAB_COMMAND.test(command);
}
