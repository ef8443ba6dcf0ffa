import type { Command, CommanderError } from "commander";
import { faultOf, type InputError } from "../base/errors.ts";
import { didYouMean } from "../model/meant.ts";

/** What commander says of a wrong command line, as a fault of the same form as all others. */
export function usageError(command: Command, error: CommanderError): InputError {
  const name = command.parent === null ? "mcwf" : `mcwf ${command.name()}`;
  const named = /'([^']*)'/.exec(error.message)?.[1] ?? "";
  const help = `see ${name} --help`;
  switch (error.code) {
    case "commander.unknownOption": {
      const [option = "", value] = named.split("=");
      const known = command.options.flatMap(({ long }) => (long ? [long] : []));
      if (value !== undefined && known.includes(option)) {
        return faultOf(option, `must stand without a value, but is given ${JSON.stringify(value)}`);
      }
      return faultOf(
        option,
        `must be an option of ${name}, but is not${didYouMean(option, known) || `; ${help}`}`,
      );
    }
    // After help, commander does not say that a command is unknown; it would print the help of all.
    case "commander.help":
    case "commander.unknownCommand": {
      const wanted = error.code === "commander.help" ? (command.args[1] ?? "") : named;
      const known = command.commands.map((sub) => sub.name());
      const guess = didYouMean(wanted, known);
      return faultOf(wanted, `must be a command (${known.join(", ")}), but is not${guess}`);
    }
    case "commander.optionMissingArgument":
      return faultOf(named.split(/[ ,]/)[0] ?? "", `must be followed by a value, but is not; ${help}`);
    case "commander.missingArgument":
      return faultOf(name, `must be given ${named.toUpperCase()}, but is not; ${help}`);
    case "commander.excessArguments":
      return faultOf(
        name,
        `must be given one FILE, but is given ${command.args.map((arg) => JSON.stringify(arg)).join(", ")}`,
      );
    default:
      return faultOf(name, error.message.replace(/^error: /, ""));
  }
}
