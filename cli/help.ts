/** The help of a program, and the errors of a call, in the language of the terminal. */

import { Help } from 'commander'
import type { Argument, Command, Option } from 'commander'
import type { Language } from '../src/index.ts'
import { commanderFr, helpFr } from './texts/help-fr.ts'

/** Has a program speak a language, once all its commands are there. */
export function speak(program: Command, language: Language): void {
  if (language === 'fr') speakFrench(program, new Help())
}

function speakFrench(command: Command, plain: Help): void {
  const french = inFrench(command.description())
  command.description(french)
  command.helpOption('-h, --help', inFrench('display help for command'))
  if (command.commands.length > 0) {
    command.helpCommand('help [commande]', inFrench('display help for command'))
  }
  for (const option of command.options) option.description = inFrench(option.description)
  for (const one of command.registeredArguments) one.description = inFrench(one.description)
  command.configureHelp({
    showGlobalOptions: true,
    styleTitle: framed,
    optionDescription: (option: Option) => framed(plain.optionDescription(option)),
    argumentDescription: (argument: Argument) => framed(plain.argumentDescription(argument)),
  })
  command.configureOutput({
    outputError: (text, write) => {
      write(framed(text))
    },
  })
  for (const one of command.commands) speakFrench(one, plain)
}

/** What has no French yet stays as it is; a test lets nothing stay. */
function inFrench(english: string): string {
  return helpFr[english] ?? english
}

function framed(text: string): string {
  return commanderFr.reduce((whole, [english, french]) => whole.replace(english, french), text)
}
