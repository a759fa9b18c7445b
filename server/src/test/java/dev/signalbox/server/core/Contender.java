package dev.signalbox.server.core;

import dev.signalbox.server.core.model.NaiveModel;
import dev.signalbox.server.core.model.Subject;

/** Who has to live up to the contract: the machine, and the model that it is compared with. */
enum Contender {
  MACHINE {
    @Override
    Subject make() {
      return new MachineSubject(new Machine());
    }
  },
  MODEL {
    @Override
    Subject make() {
      return new NaiveModel();
    }
  };

  abstract Subject make();
}
