import { Help, type Command, type HelpConfiguration, type Option } from 'commander';

/** How help is laid out, in so many columns. */
export function helpStyle(helpWidth: number): HelpConfiguration {
  return { helpWidth, subcommandTerm, optionDescription };
}

/** Every command has options: that needs no word in a list. */
function subcommandTerm(command: Command): string {
  return new Help().subcommandTerm(command).replace(' [options]', '');
}

/** That something is off, or empty, unless it is typed goes without saying. */
function optionDescription(option: Option): string {
  const { defaultValue, description } = option;
  return defaultValue === false || Array.isArray(defaultValue) ? description : new Help().optionDescription(option);
}
